cpdef tuple plain_words(str text)
cpdef tuple plain_clauses(str text)
cpdef bint is_year(str word) noexcept
