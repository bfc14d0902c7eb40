// What libFuzzer of the toolchain offers to programs with a main of their own.
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*callback)(const uint8_t *data, size_t size));
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum);

// In string.h only for programs that ask for GNU's own.
void *memmem(const void *bytes, size_t count, const void *words, size_t length);
