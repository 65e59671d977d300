cdef class TermPlan:
    cdef readonly bytes key
    cdef readonly object weight
    cdef readonly unsigned int mask

cdef class KnownWord:
    cdef readonly bint is_stop
    cdef readonly bytes key
    cdef readonly unsigned int mask
    cdef readonly double weight
    cdef readonly TermPlan scored, unscored
