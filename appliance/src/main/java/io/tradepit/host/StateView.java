package io.tradepit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Another process's eyes on a {@link StateStore}: its files mapped read-only, at the offsets that
 * the store published. Chronicle's API is not used, for its locks outlive a killed process.
 *
 * <p>Nothing that a reader does can change the state or hold up its owner. The memory changes while
 * it is read; what may be believed is up to what lies in it. A view stays readable when the owner
 * is gone and its files are deleted, but it shows that owner's state for ever: look at {@link
 * #isWriterRunning} and open another one.
 */
public final class StateView implements AutoCloseable {
  private final StateDescription description;
  private final Arena arena = Arena.ofShared();
  private final Map<String, MemorySegment[]> areas = new HashMap<>();

  private StateView(StateDescription description) {
    this.description = description;
  }

  /**
   * Maps the files of a store.
   *
   * @return empty when there is no store in the directory, or none that is whole
   * @throws UncheckedIOException when the files may not be read
   */
  public static Optional<StateView> open(Path directory) {
    try {
      StateDescription description = StateDescription.read(directory);
      StateView view = new StateView(description);
      try {
        view.map(directory);
        // The files may have been made anew between the two; the offsets would be of the old ones.
        if (StateDescription.read(directory).writer().equals(description.writer())) {
          return Optional.of(view);
        }
        view.close();
        return Optional.empty();
      } catch (IOException e) {
        view.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("directory=" + directory, e);
    }
  }

  private void map(Path directory) throws IOException {
    for (Map.Entry<String, StateDescription.Entries> area : description.areas().entrySet()) {
      Path file = directory.resolve(area.getKey() + StateFile.SUFFIX);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        MemorySegment whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        areas.put(area.getKey(), entries(whole, area.getValue()));
      }
    }
  }

  private static MemorySegment[] entries(MemorySegment file, StateDescription.Entries entries) {
    return entries.offsets().stream()
        .map(offset -> file.asSlice(offset, entries.bytes()))
        .toArray(MemorySegment[]::new);
  }

  /** The entries of an area, read-only; they must not be touched after {@link #close}. */
  public MemorySegment[] entries(String area) {
    return areas.get(area).clone();
  }

  /** What the owner said of its state, by name. */
  public Map<String, String> description() {
    return description.state();
  }

  /** Process id of the owner, which may be gone. */
  public long writerPid() {
    return description.writer().pid();
  }

  /** Whether the process that made the files still runs; it reads /proc. */
  public boolean isWriterRunning() {
    try {
      return description.writer().isAlive();
    } catch (IOException e) {
      throw new UncheckedIOException("pid=" + writerPid(), e);
    }
  }

  /** Unmaps. */
  @Override
  public void close() {
    arena.close();
  }
}
