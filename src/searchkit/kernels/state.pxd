cdef class SegmentView:
    cdef readonly unsigned int documents, ranges, zones, ranks
    cdef object owners
    cdef const unsigned short *postings
    cdef const unsigned int *rare
    cdef const unsigned short *range_counts
    cdef const unsigned char *range_bounds
    cdef const unsigned int *exception_documents
    cdef const unsigned int *exception_ranks
    cdef const unsigned char *norms
    cdef const unsigned char *positions
    cdef unsigned long long position_bytes
    cdef const unsigned int *position_index
    cdef const unsigned int *vectors
    cdef const unsigned int *totals
    cdef const unsigned char *tops
    cdef unsigned long long top_bytes

cdef class Saturations:
    cdef object owners
    cdef const unsigned int *table
    cdef const unsigned int *transform
    cdef const unsigned int *least
    cdef const unsigned int *codes
    cdef const double *weights
    cdef const double *lengths
    cdef const double *zone_weights
    cdef const unsigned int *zone_masks

cdef class State:
    cdef readonly SegmentView segment
    cdef Saturations saturations
    cdef object leaf_memory, level_memory, spare_memory, phrase_memory, found_memory, bounds_memory
    cdef object pair_memory, word_memory, stream_memory
    cdef readonly unsigned int leaves, capacity, levels
    cdef readonly unsigned long long room
    cdef unsigned int phrase_room, word_room, stream_room, needed
    cdef unsigned long long deadline
    cdef readonly bint late
    cdef unsigned long long *place
    cdef unsigned int *frequent
    cdef unsigned int *number
    cdef unsigned int *frequency
    cdef unsigned long long *exception_place
    cdef unsigned int *exception_count
    cdef unsigned long long *weight
    cdef unsigned int *scoring
    cdef unsigned int *mask
    cdef unsigned long long *position_place
    cdef unsigned long long *index_place
    cdef unsigned int *cursor_posting
    cdef unsigned int *cursor_exception
    cdef unsigned long long *cursor_byte
    cdef unsigned int *starts
    cdef unsigned int *bounds
    cdef long long *range_bounds
    cdef unsigned short *spare
    cdef unsigned long long spare_used
    cdef unsigned int *sums
    cdef unsigned short *stamps
    cdef unsigned short *places
    cdef unsigned int *scores
    cdef unsigned char[::1] bits
    cdef unsigned int *found
    cdef unsigned int *order
    cdef unsigned int *standing
    cdef unsigned int *by_zone
    cdef unsigned int *of_left
    cdef unsigned int *of_right
    cdef unsigned short *marks
    cdef unsigned short *wanted
    cdef unsigned int *word_streams
    cdef unsigned int *word_position
    cdef unsigned int *stream_position
    cdef unsigned int *stream_zone
    cdef unsigned int *stream_left
    cdef unsigned int *stream_rank
    cdef unsigned long long *stream_byte
    cpdef object reset(self, unsigned long long left)
    cpdef object need_phrases(self, unsigned int longest, unsigned int count)
    cdef object need_leaves(self, unsigned int count)
    cdef object need_levels(self, unsigned int count)
    cdef object need_spare(self, unsigned long long postings)

cdef bint is_late(State state) noexcept nogil
cdef bint is_brief(State state) noexcept nogil
cdef unsigned long long work_of(State state) noexcept nogil
cdef unsigned int saturate(double weight, double length) noexcept nogil
cdef object words(unsigned long long count)
cdef object longs(unsigned long long count)
cdef object shorts(unsigned long long count)
cdef object grown(object old, object new)
cdef unsigned long long *as_longs(object view)
cdef unsigned int *as_words(object view)
cdef unsigned short *as_shorts(object view)
