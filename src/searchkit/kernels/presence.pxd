cdef extern from *:
    """
    #if defined(_WIN32)
    #define searchkit_is_there(path) -1
    #else
    #include <unistd.h>
    #define searchkit_is_there(path) (access(path, F_OK) == 0)
    #endif
    """
    int searchkit_is_there(const char *path)
