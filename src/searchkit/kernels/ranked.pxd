from searchkit.kernels.parts cimport Part
from searchkit.kernels.strings cimport StringReader

cdef class Found:
    cdef public double score
    cdef readonly Part _part
    cdef readonly unsigned int _document
    cdef readonly object _shared

cpdef list merged(list best, list found, Py_ssize_t wanted, object age)
