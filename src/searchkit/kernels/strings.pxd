from searchkit.kernels.prefetching cimport prefetch

cdef class StringReader:
    cdef const unsigned char[::1] _blob
    cdef const unsigned int[::1] _narrow
    cdef const unsigned long long[::1] _wide
    cdef bint _is_wide
    cdef unsigned long long _size
    cdef Py_ssize_t _count
    cdef object _damaged
    cpdef object get(self, Py_ssize_t number)
    cpdef object bring_near(self, list documents)
