#include "streams.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "frame.h"

struct tp_stream {
  struct tcp_pcb *pcb; /* NULL: TCP is done with it */
  uint64_t written;    /* of the send ring, given to TCP */
  uint64_t returned;   /* of the receive ring, given back to TCP's window */
  uint32_t slot;
  uint32_t next_free;
  uint8_t is_ready;
  uint8_t wants_shut; /* our FIN is due when all is written */
  uint8_t is_shut;    /* TCP has it */
};

#define NO_SLOT UINT32_MAX

static struct tp_stream streams[TP_STACK_MAX_CONNECTIONS];
static struct tp_stack_view shared;
static void *memory = MAP_FAILED;
static size_t memory_bytes;
static uint32_t max_connections;
static uint64_t send_bytes;
static uint64_t last_number;
static uint32_t first_free;
static uint32_t last_free;
static int is_stuck; /* TCP had no memory for one that waits for no acknowledgement, which would bring it on */

static struct tp_connection *line_of(const struct tp_stream *stream) { return &shared.connections[stream->slot]; }

static void tell(struct tp_stream *stream) {
  if (!stream->is_ready) {
    stream->is_ready = 1;
    shared.ready->slots[shared.ready->count++] = stream->slot;
  }
}

void tp_stream_gone(struct tp_stream *stream) {
  stream->pcb = NULL;
  line_of(stream)->state |= TP_STATE_GONE;
  tell(stream);
}

/* Lets TCP finish alone. */
static void part(struct tp_stream *stream) {
  struct tcp_pcb *pcb = stream->pcb;
  tp_flow_part(tp_flow_of(pcb));
  tcp_arg(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_sent(pcb, NULL);
  tp_stream_gone(stream);
}

/* Both sides are shut and all is acknowledged: what TCP still waits for is no concern of Java's. */
static void part_when_done(struct tp_stream *stream) {
  const struct tp_connection *line = line_of(stream);
  enum tcp_state state = stream->pcb->state;
  if ((state == TIME_WAIT || state == CLOSING) && line->acknowledged == stream->written) {
    part(stream);
  }
}

/* The frame that TCP has accepted shows where the peer is to be reached. */
static void learn(const struct tcp_pcb *pcb) {
  memcpy(tp_flow_of(pcb)->hardware_address, tp_frame_source(), 6);
}

/* Gives TCP what Java queued, from the ring itself: a write for each contiguous part, none larger than TCP takes. */
static void write_queued(struct tp_stream *stream, uint64_t queued) {
  const uint8_t *ring = shared.send_rings + stream->slot * send_bytes;
  struct tcp_pcb *pcb = stream->pcb;
  while (stream->written < queued) {
    uint64_t index = stream->written & (send_bytes - 1);
    uint64_t length = LWIP_MIN(queued - stream->written, send_bytes - index);
    length = LWIP_MIN(length, LWIP_MIN(tcp_sndbuf(pcb), 0xffffu));
    if (length == 0 || tcp_write(pcb, ring + index, (u16_t)length, 0) != ERR_OK) {
      is_stuck |= tcp_sndqueuelen(pcb) == 0;
      return;
    }
    stream->written += length;
    shared.statistics->bytes_out += length;
  }
}

static void write_and_shut(struct tp_stream *stream) {
  uint64_t queued = line_of(stream)->queued;
  write_queued(stream, queued);
  if (stream->wants_shut && !stream->is_shut && stream->written == queued) {
    stream->is_shut = tcp_shutdown(stream->pcb, 0, 1) == ERR_OK;
  }
}

static void mark(struct tp_connection *line) {
  uint64_t stamp_ns = tp_frame_stamp();
  if (line->mark_count == 0 || line->mark_count - line->marks_read < TP_STACK_MARKS) {
    line->marks[line->mark_count++ % TP_STACK_MARKS].stamp_ns = stamp_ns;
  }
  line->marks[(line->mark_count - 1) % TP_STACK_MARKS].end = line->received;
}

static void copy_in(struct tp_stream *stream, const struct pbuf *chain) {
  struct tp_connection *line = line_of(stream);
  uint8_t *ring = shared.receive_rings + stream->slot * shared.receive_bytes;
  if (line->taken == line->received && line->received == stream->returned) {
    line->taken = line->received = stream->returned = 0;
    line->mark_count = line->marks_read = 0;
  }
  for (const struct pbuf *p = chain; p != NULL; p = p->next) {
    uint64_t index = line->received & (shared.receive_bytes - 1);
    uint64_t to_end = shared.receive_bytes - index;
    uint64_t head = p->len < to_end ? p->len : to_end;
    memcpy(ring + index, p->payload, head);
    memcpy(ring, (const uint8_t *)p->payload + head, p->len - head);
    line->received += p->len;
  }
  mark(line);
}

static err_t on_received(void *argument, struct tcp_pcb *pcb, struct pbuf *chain, err_t error) {
  struct tp_stream *stream = argument;
  LWIP_UNUSED_ARG(error);
  learn(pcb);
  if (chain != NULL) {
    copy_in(stream, chain);
    pbuf_free(chain);
  } else {
    line_of(stream)->state |= TP_STATE_PEER_SHUT;
    part_when_done(stream);
  }
  tell(stream);
  return ERR_OK;
}

static err_t on_acknowledged(void *argument, struct tcp_pcb *pcb, u16_t length) {
  struct tp_stream *stream = argument;
  struct tp_connection *line = line_of(stream);
  learn(pcb);
  line->acknowledged += length;
  if (line->acknowledged == line->queued) {
    line->acknowledged = line->queued = stream->written = 0;
  }
  write_and_shut(stream);
  tell(stream);
  part_when_done(stream);
  return ERR_OK;
}

static struct tp_stream *take_free(void) {
  if (first_free == NO_SLOT) {
    return NULL;
  }
  struct tp_stream *stream = &streams[first_free];
  first_free = stream->next_free;
  if (first_free == NO_SLOT) {
    last_free = NO_SLOT;
  }
  return stream;
}

/* To the end of the queue: a slot rests as long as possible, which makes a stale number show. */
static void give_free(struct tp_stream *stream) {
  stream->next_free = NO_SLOT;
  if (last_free == NO_SLOT) {
    first_free = stream->slot;
  } else {
    streams[last_free].next_free = stream->slot;
  }
  last_free = stream->slot;
}

err_t tp_streams_accept(void *unused, struct tcp_pcb *pcb, err_t error) {
  LWIP_UNUSED_ARG(unused);
  if (error != ERR_OK || pcb == NULL) {
    return ERR_VAL; /* there was no memory for a connection: it was not made */
  }
  tp_flow_opened(tp_flow_of(pcb));
  struct tp_stream *stream = take_free();
  if (stream == NULL) {
    shared.statistics->connections_refused++;
    if (!tp_flow_refuse(tp_flow_of(pcb))) {
      tcp_abort(pcb);
      return ERR_ABRT;
    }
    return ERR_OK;
  }
  struct tp_connection *line = line_of(stream);
  memset(line, 0, sizeof *line);
  line->number = ++last_number;
  line->state = TP_STATE_OPEN;
  line->remote_address = lwip_ntohl(ip_2_ip4(&pcb->remote_ip)->addr);
  line->remote_port = pcb->remote_port;
  stream->pcb = pcb;
  stream->written = stream->returned = 0;
  stream->wants_shut = stream->is_shut = 0;
  tp_flow_of(pcb)->stream = stream;
  tcp_arg(pcb, stream);
  tcp_recv(pcb, on_received);
  tcp_sent(pcb, on_acknowledged);
  tcp_nagle_disable(pcb);
  tell(stream);
  return ERR_OK;
}

static void give_back(struct tp_stream *stream, const struct tp_connection *line) {
  while (stream->returned < line->taken) {
    u16_t length = (u16_t)LWIP_MIN(line->taken - stream->returned, 0xffffu);
    stream->returned += length;
    tcp_recved(stream->pcb, length);
  }
}

/* What Java wants of one connection. */
static void serve(struct tp_stream *stream) {
  struct tp_connection *line = line_of(stream);
  uint32_t orders = line->orders;
  line->orders = 0;
  if (stream->pcb != NULL) {
    stream->wants_shut |= (orders & TP_ORDER_SHUT) != 0;
    give_back(stream, line);
    write_and_shut(stream);
    tcp_output(stream->pcb);
  }
  if (orders & (TP_ORDER_RESET | TP_ORDER_RELEASE) && stream->pcb != NULL) {
    tcp_abort(stream->pcb);
  }
  if (orders & TP_ORDER_RELEASE) {
    memset(line, 0, sizeof *line);
    give_free(stream);
  }
}

void tp_streams_begin(void) {
  struct tp_slots *ready = shared.ready;
  for (uint32_t i = 0; i < ready->count; i++) {
    streams[ready->slots[i]].is_ready = 0;
  }
  ready->count = 0;
}

uint32_t tp_streams_work(void) {
  struct tp_slots *work = shared.work;
  uint32_t count = work->count;
  for (uint32_t i = 0; i < count; i++) {
    serve(&streams[work->slots[i]]);
  }
  work->count = 0;
  return count;
}

void tp_streams_retry(void) {
  is_stuck = 0;
  for (uint32_t slot = 0; slot < max_connections; slot++) {
    if (streams[slot].pcb != NULL) {
      write_and_shut(&streams[slot]);
      tcp_output(streams[slot].pcb);
    }
  }
}

int tp_streams_stuck(void) { return is_stuck; }

uint32_t tp_streams_ready(void) { return shared.ready->count; }

static size_t rounded(size_t bytes) { return (bytes + 4095) & ~(size_t)4095; }

int tp_streams_open(const struct tp_stack_config *config, struct tp_stack_view *view) {
  max_connections = config->max_connections;
  send_bytes = config->send_bytes;
  size_t lines = rounded(max_connections * sizeof(struct tp_connection));
  size_t slots = rounded(sizeof(struct tp_slots) + max_connections * sizeof(uint32_t));
  size_t receive = (size_t)max_connections * TP_RECEIVE_BYTES;
  memory_bytes = lines + 2 * slots + rounded(sizeof(struct tp_stack_statistics)) + receive + max_connections * send_bytes;
  memory = mmap(NULL, memory_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    return -errno;
  }
  uint8_t *next = memory;
  shared.connections = (struct tp_connection *)next;
  shared.ready = (struct tp_slots *)(next += lines);
  shared.work = (struct tp_slots *)(next += slots);
  shared.statistics = (struct tp_stack_statistics *)(next += slots);
  shared.receive_rings = next += rounded(sizeof(struct tp_stack_statistics));
  shared.send_rings = next + receive;
  shared.receive_bytes = TP_RECEIVE_BYTES;
  first_free = last_free = NO_SLOT;
  last_number = 0;
  is_stuck = 0;
  for (uint32_t slot = 0; slot < max_connections; slot++) {
    streams[slot] = (struct tp_stream){.slot = slot};
    give_free(&streams[slot]);
  }
  *view = shared;
  return 0;
}

void tp_streams_close(void) {
  if (memory != MAP_FAILED) {
    munmap(memory, memory_bytes);
    memory = MAP_FAILED;
  }
}
