from searchkit.kernels.nodes cimport Tree

cpdef unsigned long long count_all(Tree tree, unsigned int root, unsigned int low, unsigned int high, const unsigned char[::1] live)
