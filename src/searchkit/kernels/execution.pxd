from searchkit.kernels.factors cimport Factors
from searchkit.kernels.parts cimport Part, Scratch

cdef class Execution:
    cdef readonly unsigned int low, high
    cdef Part _part
    cdef object _plan
    cdef bint _scoring
    cdef list best_from(self, unsigned int cut, unsigned int count, Factors factors)
    cdef Scratch _planted(self)
    cdef object _bring_near(self, list ranked)
