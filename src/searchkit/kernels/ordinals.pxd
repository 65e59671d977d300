from searchkit.kernels.bits cimport lowest_bit
