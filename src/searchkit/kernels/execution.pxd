from searchkit.kernels.parts cimport Part, Scratch
from searchkit.kernels.plans cimport Plan

cdef class Execution:
    cdef readonly unsigned int low, high
    cdef Part _part
    cdef Plan _plan
    cdef bint _scoring
    cdef Scratch _scratch
    cpdef list in_order(self, unsigned int count, unsigned int low, unsigned int high, bint descending)
    cpdef unsigned long long count(self) except? 0
    cdef Scratch _planted(self)
    cdef object _bring_near(self, list ranked)

cpdef list best_of(Plan plan, tuple parts, unsigned int count, list factors, object age)
cpdef list all_by_date(Plan plan, tuple parts, Py_ssize_t wanted, bint descending, object age)
cpdef list first_by_date(Plan plan, list dated, list undated, Py_ssize_t wanted, bint descending, object age)
cpdef unsigned long long count_of(Plan plan, tuple parts) except? 0
