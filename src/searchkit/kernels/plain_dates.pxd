cpdef tuple dated(str text)
