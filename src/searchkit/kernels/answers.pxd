from searchkit.kernels.plans cimport Plan

cdef class Answer:
    cdef readonly list ranked
    cdef readonly bint partial
    cdef readonly Plan plan
    cdef readonly tuple parts
