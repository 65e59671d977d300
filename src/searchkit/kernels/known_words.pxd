from searchkit.kernels.term_plans cimport TermPlan

cdef class KnownWord:
    cdef readonly bint is_stop
    cdef readonly bytes key
    cdef readonly unsigned int mask
    cdef readonly double weight
    cdef readonly TermPlan scored, unscored
