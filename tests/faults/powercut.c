/* Keeps what a power cut would leave: after each fsync below POWERCUT_FROM, the file's image below POWERCUT_TO.
   Preloaded into every process of a mesh; what was written and never synchronised is in no image. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LONGEST 4096

static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(path, 0777);
        *slash = '/';
    }
}

/* An image appears whole or not at all: it is written beside and renamed. */
static void keep(int fd) {
    const char *from = getenv("POWERCUT_FROM"), *to = getenv("POWERCUT_TO");
    char link[64], path[LONGEST], image[LONGEST + 64], beside[LONGEST + 128];
    struct stat about;
    if (!from || !to || fstat(fd, &about) || !S_ISREG(about.st_mode)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    if (strncmp(path, from, strlen(from))) return;
    snprintf(image, sizeof image, "%s%s", to, path + strlen(from));
    snprintf(beside, sizeof beside, "%s.%ld", image, (long)syscall(SYS_gettid));
    make_folders(image);
    int source = open(path, O_RDONLY | O_CLOEXEC), target = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (source >= 0 && target >= 0) {
        off_t at = 0;
        while (at < about.st_size && sendfile(target, source, &at, about.st_size - at) > 0) {}
        rename(beside, image);
    }
    if (source >= 0) close(source);
    if (target >= 0) close(target);
}

static int synchronised(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int status = real(fd), said = errno;
    if (status == 0) keep(fd);
    errno = said;
    return status;
}

int fsync(int fd) { return synchronised("fsync", fd); }
int fdatasync(int fd) { return synchronised("fdatasync", fd); }
