/* lwIP's heap as pools, of 65535 pieces at most: headers of segments, and whole frames (answers to pings, mostly). */
LWIP_MALLOC_MEMPOOL_START
LWIP_MALLOC_MEMPOOL(65535, 144)
LWIP_MALLOC_MEMPOOL(256, 1792)
LWIP_MALLOC_MEMPOOL(16, 9216)
LWIP_MALLOC_MEMPOOL_END
