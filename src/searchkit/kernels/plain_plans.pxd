from searchkit.kernels.known_words cimport KnownWords
from searchkit.kernels.plans cimport Plan

cpdef Plan plan_known_words(object snapshot, KnownWords known, list clauses, str marks, dict years, bint any_of_bag, bint scored)
cpdef object joined(list default, list must, list must_not, bint any_of_bag)
