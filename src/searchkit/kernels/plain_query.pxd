cpdef tuple plain_query(str text, frozenset fields, str date)
