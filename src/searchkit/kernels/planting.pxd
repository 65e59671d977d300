from searchkit.kernels.known_terms cimport KnownTerms
from searchkit.kernels.nodes cimport Tree
from searchkit.kernels.plans cimport BooleanPlan, PhrasePlan, TermPlan

cdef class Planting:
    cdef readonly KnownTerms terms
    cdef readonly Tree tree
    cdef readonly unsigned int longest
    cdef readonly int shift
    cdef readonly bint scoring
    cdef double _scale
    cdef public object part
    cdef readonly list bitmaps
    cpdef long long build(self, object root, object part, int shift, bint scoring)
    cpdef long long plant(self, object node)
    cdef long long _term(self, TermPlan node)
    cdef long long _boolean(self, BooleanPlan node)
    cdef long long _phrase(self, PhrasePlan node)
    cdef bint _is_sloppy(self, PhrasePlan node)
