# libtradepit-lwip.so: lwIP from the distribution's source with options of ours (lwip/lwipopts.h), and the shim over it.
# libtradepit-lwip-stock.so: the same with the timers and windows of the distribution's own library, to compare with.
# Each has its objects in a folder of its own beside the libraries.

lwip = $(OUT)/../lwip-2.1.3
lwip_parts = core/def core/inet_chksum core/init core/ip core/mem core/memp core/netif core/pbuf core/stats core/sys \
  core/tcp core/tcp_in core/tcp_out core/ipv4/etharp core/ipv4/icmp core/ipv4/ip4 core/ipv4/ip4_addr netif/ethernet
lwip_shim = lwip streams flows random checksum stack_abi
lwip_headers = $(wildcard *.h lwip/*.h lwip/arch/*.h)
lwip_flags = -fno-strict-aliasing -I. -Ilwip -isystem $(lwip)/src/include

$(lwip)/.fetched: lwip/fetch lwip/demultiplex.patch
	lwip/fetch $(lwip)
	touch $@

# $(call lwip_library,LIBRARY,FOLDER OF OBJECTS,FLAGS)
define lwip_library
$(OUT)/../$(2)/lwip/%.o: $(lwip)/.fetched $$(lwip_headers) Makefile lwip.mk
	@mkdir -p $$(dir $$@)
	$$(CC) $$(filter-out -W%,$$(FLAGS)) -w $$(lwip_flags) $(3) -c -o $$@ $(lwip)/src/$$*.c

$(OUT)/../$(2)/shim/%.o: %.c $(lwip)/.fetched $$(lwip_headers) Makefile lwip.mk
	@mkdir -p $$(dir $$@)
	$$(CC) $$(FLAGS) $$(lwip_flags) $(3) -c -o $$@ $$<

$(OUT)/$(1): $(lwip_parts:%=$(OUT)/../$(2)/lwip/%.o) $(lwip_shim:%=$(OUT)/../$(2)/shim/%.o)
	@mkdir -p $(OUT)
	$$(CC) $(3) -shared -o $$@.new $$^ -Wl,-z,defs
	mv $$@.new $$@
endef

$(eval $(call lwip_library,libtradepit-lwip.so,lwip-own,))
$(eval $(call lwip_library,libtradepit-lwip-stock.so,lwip-stock,-DTP_STOCK_TCP))
