cpdef tuple plain_words(str text)
cpdef tuple plain_clauses(str text)
