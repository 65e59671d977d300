cpdef tuple plain_words(str text)
cpdef list plain_phrase(str text)
