package dev.hearth.courier.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses lie in the open internet: none of this machine, its networks or its cloud's metadata, by the special
 * purpose registries of IANA (RFC 6890).
 */
final class PublicAddresses {

    private record Block(int address, int bits) {
        boolean holds(int other) {
            return (address ^ other) >>> (32 - bits) == 0;
        }
    }

    private static final List<Block> NOT_PUBLIC = List.of(
            block(0, 0, 0, 0, 8),
            block(10, 0, 0, 0, 8),
            block(100, 64, 0, 0, 10),
            block(127, 0, 0, 0, 8),
            block(169, 254, 0, 0, 16),
            block(172, 16, 0, 0, 12),
            block(192, 0, 0, 0, 24),
            block(192, 0, 2, 0, 24),
            block(192, 88, 99, 0, 24),
            block(192, 168, 0, 0, 16),
            block(198, 18, 0, 0, 15),
            block(198, 51, 100, 0, 24),
            block(203, 0, 113, 0, 24),
            block(224, 0, 0, 0, 4),
            block(240, 0, 0, 0, 4));

    private PublicAddresses() {}

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address four -> isPublic(number(bytes, 0));
            case Inet6Address six -> isPublicSix(bytes);
            default -> false;
        };
    }

    private static boolean isPublic(int address) {
        return NOT_PUBLIC.stream().noneMatch(block -> block.holds(address));
    }

    /** Only global unicast (2000::/3), and of that nothing that is another net's address in disguise. */
    private static boolean isPublicSix(byte[] bytes) {
        int first = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        int second = ((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF);
        if (first >>> 13 != 1) {
            return false;
        }
        // 6to4 holds an IPv4 address. 2001::/23 is for protocols (Teredo among them), 2001:db8::/32 and 3fff::/20 for
        // documentation.
        if (first == 0x2002) {
            return isPublic(number(bytes, 2));
        }
        boolean protocols = first == 0x2001 && second < 0x0200;
        boolean examples = (first == 0x2001 && second == 0x0DB8) || (first == 0x3FFF && second < 0x1000);
        return !protocols && !examples;
    }

    private static Block block(int a, int b, int c, int d, int bits) {
        return new Block(a << 24 | b << 16 | c << 8 | d, bits);
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }
}
