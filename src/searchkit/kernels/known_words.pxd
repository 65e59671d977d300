from searchkit.kernels.plans cimport TermPlan

cdef class KnownWord:
    cdef readonly bint is_stop
    cdef readonly bytes key
    cdef readonly unsigned int mask
    cdef readonly double weight
    cdef readonly TermPlan scored, unscored

cdef class KnownWords:
    cdef str _field
    cdef dict _memo
    cdef list _segments
    cdef Py_ssize_t _documents
    cdef object _odd, _stems, _is_acronym, _idf
    cdef frozenset _stop_words
    cdef unsigned int _mask
    cdef bint _counted
    cpdef list find(self, object snapshot, list texts)
    cpdef object look_up(self, object snapshot, list words, bint scored)
    cdef dict _learn(self, object snapshot, list texts)
