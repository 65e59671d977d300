cdef class TermPlan:
    cdef readonly bytes key
    cdef readonly object weight
    cdef readonly unsigned int mask

cdef class PhrasePlan:
    cdef readonly tuple keys
    cdef readonly object weight
    cdef readonly unsigned int mask
    cdef readonly object alternatives
    cdef readonly object slop

cdef class BooleanPlan:
    cdef public list must, should, must_not

cdef class AllPlan:
    cdef readonly object weight

cdef class Plan:
    cdef public object root
    cdef public int shift
    cdef public object since, until
    cdef public tuple cuts

cpdef int fitting_shift(list weights) except? -1000
cpdef object without_nesting(object root)
