package dev.hearth.engine.relationship;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Contexts to decompress with, used again: making one takes as long as unpacking 16 KB. A few are kept as long as the
 * process lives, some 160 KB each outside the heap; what is more is closed at once. Safe for many threads.
 */
final class Decompressors {

    private static final int KEPT = 16;
    private static final BlockingQueue<ZstdDecompressCtx> IDLE = new ArrayBlockingQueue<>(KEPT);

    private Decompressors() {}

    /**
     * Unpacks {@code packed}, which has an array, into {@code bytes}; how many it gave.
     *
     * @throws ZstdException where it does not unpack, or to more
     */
    static int unpack(ByteBuffer packed, byte[] bytes) {
        ZstdDecompressCtx kept = IDLE.poll();
        ZstdDecompressCtx context = kept == null ? new ZstdDecompressCtx() : kept;
        boolean whole = false;
        try {
            int length = context.decompressByteArray(
                    bytes,
                    0,
                    bytes.length,
                    packed.array(),
                    packed.arrayOffset() + packed.position(),
                    packed.remaining());
            whole = true;
            return length;
        } finally {
            // One that broke off is not trusted again.
            if (!whole || !IDLE.offer(context)) {
                context.close();
            }
        }
    }
}
