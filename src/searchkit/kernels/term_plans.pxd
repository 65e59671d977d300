cdef class TermPlan:
    cdef readonly bytes key
    cdef readonly object weight
    cdef readonly unsigned int mask
