// What glibc offers only as variadic functions, which Swift does not import.
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// 0, or -1 with errno set.
static inline int forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

// Gives up all capabilities, those of the program file included; 0, or -1 with errno set.
static inline int drop_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0}};
  return (int)syscall(SYS_capset, &header, none);
}

// The number of the interface that a packet socket is bound to (packet(7)), 0 for all; -1 once it is gone for good.
static inline int bound_interface(int socket) {
  struct sockaddr_ll address = {0};
  socklen_t length = sizeof address;
  return getsockname(socket, (struct sockaddr *)&address, &length) == 0 ? address.sll_ifindex : -1;
}

// Landlock (Documentation/userspace-api/landlock.rst of the kernel). The numbers stand here, so that headers older than
// the kernel do: the three calls have the same on every architecture.
struct landlock_rules {
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
};

// The version that the kernel has; -1 where it has none.
static inline int landlock_version(void) { return (int)syscall(444, NULL, 0, 1); }

// A descriptor of rules under which what they name is forbidden; -1 with errno set. `size` is what the version knows.
static inline int landlock_create(const struct landlock_rules *rules, size_t size) {
  return (int)syscall(444, rules, size, 0);
}

// A descriptor of a file or a folder that names it and opens nothing; -1 with errno set. O_PATH, which is not in POSIX.
static inline int landlock_place(const char *path) { return open(path, 010000000 | O_CLOEXEC); }

// Allows `access` to the file, or to all in the folder, that the descriptor `place` is of.
static inline int landlock_allow(int rules, uint64_t access, int place) {
  struct {
    uint64_t access;
    int32_t place;
  } __attribute__((packed)) rule = {access, place};
  return (int)syscall(445, rules, 1, &rule, 0);
}

// Binds this thread and those that it starts.
static inline int landlock_bind(int rules) { return (int)syscall(446, rules, 0); }

// No new sockets, for this thread and those that it starts: socket(2) says EPERM. 0, or -1 with errno set.
static inline int forbid_sockets(void) {
#if defined(__x86_64__)
  const uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  const uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
  errno = ENOSYS;
  return -1;
#endif
#if defined(__x86_64__) || defined(__aarch64__)
  // Calls by the numbers of another architecture, of which this program makes none, are refused as a whole; the numbers
  // of x32 have a bit of their own.
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 0, 4),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
  };
  struct sock_fprog program = {sizeof code / sizeof code[0], code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
#endif
}
