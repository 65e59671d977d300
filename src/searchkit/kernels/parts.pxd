from searchkit.kernels.factors cimport Factors
from searchkit.kernels.nodes cimport Tree
from searchkit.kernels.planting cimport Planting
from searchkit.kernels.state cimport State
from searchkit.kernels.strings cimport StringReader
from searchkit.kernels.top cimport Top

cdef class Scratch:
    cdef readonly State state
    cdef readonly Tree tree
    cdef readonly Top top, best
    cdef readonly Planting planting
    cdef const unsigned char[::1] alive
    cdef Factors factors
    cdef Scratch following
    cdef unsigned int root, low, high
    cdef bint is_union

cdef class Part:
    cdef readonly object live
    cdef const unsigned char[::1] alive
    cdef readonly unsigned int stop
    cdef list _kept
    cdef public StringReader identifiers
    cdef readonly dict readers
    cpdef Scratch borrow(self, unsigned long long left)
    cpdef object give_back(self, Scratch scratch)
