from searchkit.kernels.answers cimport Answer
from searchkit.kernels.known_words cimport KnownWords
from searchkit.kernels.plans cimport Plan

cdef class PlainSearch:
    cdef KnownWords _known
    cdef object _known_in, _years
    cdef frozenset _fields
    cdef tuple _parts
    cdef Py_ssize_t _longest, _clauses, _phrase
    cdef str _date
    cdef object _age
    cpdef Answer search(self, object snapshot, str text, object match, Py_ssize_t wanted, object sort)
    cpdef object count(self, object snapshot, str text, object match)
    cpdef Plan plan(self, object snapshot, str text, bint any_of_bag, bint scored)
    cdef list _ranked(self, Plan plan, Py_ssize_t wanted, object sort)
