cdef class Counted:
    cdef public object value, count, low, high, selected
    cdef object _field, _node
