cdef class Intake:
    cdef dict _slots, _converters
    cdef object _key, _date
    cdef list _blank
    cdef readonly list texts, dates, values
    cdef readonly dict ids
    cdef readonly set dead
    cdef readonly Py_ssize_t added, replaced, plain, waiting
    cdef public bint is_open
    cdef inline Py_ssize_t _memory(self) noexcept
    cdef int _add_plain(self, object article) except -1
    cdef Py_ssize_t _read(self, dict fields, list texts, dict values) except? -2
    cdef bint _added(self, object id, object date, dict values, Py_ssize_t size) except -1
