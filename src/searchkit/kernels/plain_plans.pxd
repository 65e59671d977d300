from searchkit.kernels.known_words cimport KnownWords
from searchkit.kernels.plans cimport Plan

cpdef Plan plan_known_words(object snapshot, KnownWords known, list texts, str marks, bint any_of_bag, bint scored)
cpdef Plan plan_known_phrase(object snapshot, KnownWords known, list texts, bint scored)
cpdef object joined(list default, list must, list must_not, bint any_of_bag)
