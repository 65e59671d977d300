cdef class TermRecord:
    cdef readonly unsigned int entry, frequency, position_bytes, exception_count
    cdef readonly long long frequent
    cdef readonly unsigned long long postings, positions, index, exceptions

cdef class SectionSizes:
    cdef unsigned long long documents, postings, rare, positions, index, exceptions
    cdef long long frequent

    cpdef bint hold(self, TermRecord record)

cdef TermRecord record_of(unsigned int entry, unsigned int frequency, bint frequent, unsigned int position_bytes, unsigned int exception_count, unsigned long long *places)
