# libtradepit-lwip.so: lwIP from the distribution's source with options of ours (lwip/lwipopts.h), and the shim over it.
# libtradepit-lwip-stock.so: the same with the timers and windows of the distribution's own library, to compare with.
# Each has its objects in a folder of its own beside the libraries.

lwip = $(OUT)/../lwip-2.1.3
lwip_parts = core/def core/inet_chksum core/init core/ip core/mem core/memp core/netif core/pbuf core/stats core/sys \
  core/tcp core/tcp_in core/tcp_out core/ipv4/etharp core/ipv4/icmp core/ipv4/ip4 core/ipv4/ip4_addr netif/ethernet
lwip_shim = lwip streams flows random checksum stack_abi
trial = ../../test/c
trial_parts = wire stack_trial limits_trial
lwip_headers = $(wildcard *.h lwip/*.h lwip/arch/*.h)
lwip_flags = -fno-strict-aliasing -I. -Ilwip -isystem $(lwip)/src/include

$(lwip)/.fetched: lwip/fetch
	lwip/fetch $(lwip)
	touch $@

# $(call lwip_objects,FOLDER,FLAGS): the objects of one set of flags
define lwip_objects
$(OUT)/../$(1)/lwip/%.o: $(lwip)/.fetched $$(lwip_headers) Makefile lwip.mk
	@mkdir -p $$(dir $$@)
	$$(CC) $$(filter-out -W%,$$(FLAGS)) -w $$(lwip_flags) $(2) -c -o $$@ $(lwip)/src/$$*.c

$(OUT)/../$(1)/shim/%.o: %.c $(lwip)/.fetched $$(lwip_headers) Makefile lwip.mk
	@mkdir -p $$(dir $$@)
	$$(CC) $$(FLAGS) $$(lwip_flags) $(2) -c -o $$@ $$<

$(OUT)/../$(1)/trial/%.o: $(trial)/%.c $(wildcard $(trial)/*.h) stack.h device.h Makefile lwip.mk
	@mkdir -p $$(dir $$@)
	$$(CC) $$(FLAGS) -I. $(2) -c -o $$@ $$<
endef

# $(call lwip_library,LIBRARY,FOLDER)
define lwip_library
$(OUT)/$(1): $(lwip_parts:%=$(OUT)/../$(2)/lwip/%.o) $(lwip_shim:%=$(OUT)/../$(2)/shim/%.o)
	@mkdir -p $(OUT)
	$$(CC) -shared -o $$@.new $$^ -Wl,-z,defs
	mv $$@.new $$@
endef

# $(call lwip_trial,FOLDER,FLAGS): the trials of src/test/c, linked with the stack of these objects
define lwip_trial
$(OUT)/../$(1)/stack-trial: $(lwip_parts:%=$(OUT)/../$(1)/lwip/%.o) $(lwip_shim:%=$(OUT)/../$(1)/shim/%.o) \
    $(trial_parts:%=$(OUT)/../$(1)/trial/%.o)
	$$(CC) $(2) -o $$@ $$^
endef

stock = -DTP_STOCK_TCP
# Each piece of memory comes from malloc, so that each access beyond one is seen.
sanitized = -DTP_MALLOC -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

$(eval $(call lwip_objects,lwip-own,))
$(eval $(call lwip_objects,lwip-stock,$(stock)))
$(eval $(call lwip_objects,lwip-sanitized,$(sanitized)))
$(eval $(call lwip_library,libtradepit-lwip.so,lwip-own))
$(eval $(call lwip_library,libtradepit-lwip-stock.so,lwip-stock))
$(eval $(call lwip_trial,lwip-own,))
$(eval $(call lwip_trial,lwip-stock,))
$(eval $(call lwip_trial,lwip-sanitized,$(sanitized)))

# The stack under trial: sanitized, and by each set of options.
trials: $(OUT)/../lwip-own/stack-trial $(OUT)/../lwip-stock/stack-trial $(OUT)/../lwip-sanitized/stack-trial

.PHONY: trials
