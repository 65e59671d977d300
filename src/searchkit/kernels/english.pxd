cpdef list stem_words(list words)
