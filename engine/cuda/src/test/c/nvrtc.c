// A stand-in for NVRTC: its "PTX" is the program's own source, headers and options, one after the
// other, and its only error is a line of the source that begins with #error. It counts what is not
// destroyed.
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, OUT_OF_MEMORY = 1, INVALID_INPUT = 3, INVALID_PROGRAM = 4, COMPILATION = 6 };

typedef struct {
    char *source; // with its headers
    char *ptx;
    char *log;
} Program;

static int64_t programs, compilations;

int64_t stub_live_programs(void) { return programs; }
int64_t stub_compilations(void) { return compilations; }

const char *nvrtcGetErrorString(int error) {
    switch (error) {
        case SUCCESS: return "NVRTC_SUCCESS";
        case OUT_OF_MEMORY: return "NVRTC_ERROR_OUT_OF_MEMORY";
        case INVALID_INPUT: return "NVRTC_ERROR_INVALID_INPUT";
        case INVALID_PROGRAM: return "NVRTC_ERROR_INVALID_PROGRAM";
        case COMPILATION: return "NVRTC_ERROR_COMPILATION";
        default: return "NVRTC_ERROR unknown";
    }
}

int nvrtcVersion(int *major, int *minor) {
    *major = 12;
    *minor = 8;
    return SUCCESS;
}

int nvrtcCreateProgram(Program **program, const char *source, const char *name, int headers,
                       const char *const *contents, const char *const *names) {
    if (!source || !name) return INVALID_INPUT;
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    fprintf(out, "source %s\n", source);
    for (int i = 0; i < headers; i++) fprintf(out, "header %s %s\n", names[i], contents[i]);
    fclose(out);
    *program = calloc(1, sizeof **program);
    (*program)->source = text;
    programs++;
    return SUCCESS;
}

int nvrtcCompileProgram(Program *program, int count, const char *const *options) {
    compilations++;
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    const char *error = strstr(program->source, "#error");
    if (error) {
        fprintf(out, "kernel.cu(1): warning #177-D: variable \"x\" was declared but never used\n\n");
        fprintf(out, "kernel.cu(2): error: %.*s\n", (int)strcspn(error, "\n"), error);
        fprintf(out, "1 error detected in the compilation of \"kernel.cu\".\n");
    } else {
        fputs(program->source, out);
        for (int i = 0; i < count; i++) fprintf(out, "option %s\n", options[i]);
    }
    fclose(out);
    *(error ? &program->log : &program->ptx) = text;
    return error ? COMPILATION : SUCCESS;
}

// Sizes count the zero at the end, as NVRTC's do.
static int size(const char *text, size_t *bytes) {
    *bytes = text ? strlen(text) + 1 : 1;
    return SUCCESS;
}

static int copy(const char *text, char *to) {
    strcpy(to, text ? text : "");
    return SUCCESS;
}

int nvrtcGetProgramLogSize(Program *program, size_t *bytes) { return size(program->log, bytes); }
int nvrtcGetProgramLog(Program *program, char *log) { return copy(program->log, log); }
int nvrtcGetPTXSize(Program *program, size_t *bytes) { return size(program->ptx, bytes); }
int nvrtcGetPTX(Program *program, char *ptx) { return copy(program->ptx, ptx); }

int nvrtcDestroyProgram(Program **program) {
    if (!*program) return INVALID_PROGRAM;
    free((*program)->source);
    free((*program)->ptx);
    free((*program)->log);
    free(*program);
    *program = NULL;
    programs--;
    return SUCCESS;
}
