from searchkit.kernels.prefetching cimport prefetch
