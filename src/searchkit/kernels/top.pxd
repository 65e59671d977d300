cdef class Top:
    cdef object owners
    cdef readonly unsigned int size, capacity, cut
    cdef long long room
    cdef object _grow(self, long long capacity)
    cpdef object reset(self, unsigned int capacity, unsigned int cut)
    cpdef list ranked(self, object owner, unsigned int least)
    cdef unsigned int *scores
    cdef unsigned int *documents

cdef void push(Top top, unsigned int score, unsigned int document) noexcept nogil
