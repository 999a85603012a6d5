/* What Hearth's scan is measured against: the same rows and query, scanned with AVX-512 VNNI by one thread.
 * Usage: scan FILE SECONDS. FILE, in this machine's byte order: int32 rows, int32 dimension (a multiple of 64), int32
 * best, the query as int8, the rows as int8, the rows' scales as float32.
 * Prints the shortest and the median time of one scan with its best rows in ns, then those rows, best first. */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MOST_SAMPLES 200000

static int64_t nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000ll + now.tv_nsec;
}

static int by_number(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int size;
static float kept[1024];
static int kept_rows[1024];

/* A heap with the least on top. */
static void offer(int most, float score, int row) {
    int at;
    if (size < most) {
        at = size++;
        while (at > 0 && score < kept[(at - 1) / 2]) {
            kept[at] = kept[(at - 1) / 2];
            kept_rows[at] = kept_rows[(at - 1) / 2];
            at = (at - 1) / 2;
        }
    } else {
        at = 0;
        for (int child; (child = 2 * at + 1) < size; at = child) {
            if (child + 1 < size && kept[child + 1] < kept[child]) child++;
            if (score <= kept[child]) break;
            kept[at] = kept[child];
            kept_rows[at] = kept_rows[child];
        }
    }
    kept[at] = score;
    kept_rows[at] = row;
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    FILE *file = fopen(arguments[1], "rb");
    int32_t head[3];
    if (!file || fread(head, 4, 3, file) != 3) return 3;
    int rows = head[0], dimension = head[1], most = head[2];
    if (dimension > 1024 || dimension % 64 || most > 1024) return 4;
    int8_t *query = aligned_alloc(64, dimension);
    int8_t *values = aligned_alloc(64, (size_t)rows * dimension);
    float *scales = malloc(sizeof(float) * rows);
    int32_t *corrections = malloc(sizeof(int32_t) * rows);
    if (fread(query, 1, dimension, file) != (size_t)dimension) return 3;
    if (fread(values, dimension, rows, file) != (size_t)rows) return 3;
    if (fread(scales, 4, rows, file) != (size_t)rows) return 3;
    /* The instruction wants one side unsigned: the query is shifted by 128, which a sum for each row takes back. */
    for (int row = 0; row < rows; row++) {
        int sum = 0;
        for (int i = 0; i < dimension; i++) sum += values[(size_t)row * dimension + i];
        corrections[row] = 128 * sum;
    }
    uint8_t shifted[1024];
    for (int i = 0; i < dimension; i++) shifted[i] = (uint8_t)(query[i] + 128);
    int parts = dimension / 64;
    static int64_t samples[MOST_SAMPLES];
    int taken = 0;
    int64_t end = nanos() + (int64_t)(atof(arguments[2]) * 1e9);
    for (int64_t start = nanos(); start < end && taken < MOST_SAMPLES; start = nanos()) {
        size = 0;
        for (int row = 0; row < rows; row++) {
            const int8_t *at = values + (size_t)row * dimension;
            __m512i even = _mm512_setzero_si512(), odd = even;
            int part = 0;
            for (; part + 1 < parts; part += 2) {
                even = _mm512_dpbusd_epi32(even, _mm512_loadu_si512(shifted + 64 * part), _mm512_load_si512(at + 64 * part));
                odd = _mm512_dpbusd_epi32(
                    odd, _mm512_loadu_si512(shifted + 64 * part + 64), _mm512_load_si512(at + 64 * part + 64));
            }
            if (part < parts)
                even = _mm512_dpbusd_epi32(even, _mm512_loadu_si512(shifted + 64 * part), _mm512_load_si512(at + 64 * part));
            int dot = _mm512_reduce_add_epi32(_mm512_add_epi32(even, odd)) - corrections[row];
            float score = dot * scales[row];
            if (size < most || score > kept[0]) offer(most, score, row);
        }
        samples[taken++] = nanos() - start;
    }
    qsort(samples, taken, sizeof(int64_t), by_number);
    printf("%lld %lld", (long long)samples[0], (long long)samples[taken / 2]);
    while (size > 0) {
        int best = 0;
        for (int i = 1; i < size; i++)
            if (kept[i] > kept[best]) best = i;
        printf(" %d", kept_rows[best]);
        size--;
        kept[best] = kept[size];
        kept_rows[best] = kept_rows[size];
    }
    printf("\n");
    return 0;
}
