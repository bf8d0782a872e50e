// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoredDelta;

/** A server changes from one store to another as {@code docs/operations.md} shows. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StoreCopyIT {
  private static final WaveletName WAVELET =
      WaveletName.parseUri("wave://elsewhere.example/w+a/conv+root");

  @Inject private SessionFactory sessions;
  @Inject private BundleContext context;

  @Configuration
  public Option[] options() {
    List<Option> options = new ArrayList<>(List.of(Container.ours()));
    options.add(
        CoreOptions.systemProperty("wavefed.checkout")
            .value(Path.of(System.getProperty("wavefed.checkout")).toAbsolutePath().toString()));
    return options.toArray(Option[]::new);
  }

  @Test
  public void everythingShouldBeInTheOtherStoreWhenChangedOverAsTheGuideShows() throws Exception {
    HashedVersion head = write("rocksdb");

    for (String command : shown()) {
      String said = run(command);
      if (command.startsWith("wave:store-copy")) {
        assertTrue(said, said.contains("Every wavelet ends at the same version and hash in both."));
      }
      if (command.startsWith("feature:install")) {
        assertEquals("still in use: " + run("wave:status"), "rocksdb", preferred());
      }
    }

    assertEquals("memory", preferred());
    assertEquals(Optional.of(head), in("memory", store -> store.head(WAVELET)));
    String status = run("wave:status");
    assertTrue(status, status.contains("memory, lost when the server stops"));
    assertTrue(status, !status.contains("stopped"));
  }

  private static List<String> shown() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("wavefed.checkout"), "docs/operations.md"));
    int start = page.indexOf("feature:install wavefed-store-rocksdb");
    return page.substring(start, page.indexOf("```", start)).lines().toList();
  }

  private HashedVersion write(String kind) throws Exception {
    HashedVersion zero =
        new HashedVersion(0, Bytes.copyOf(WAVELET.toUri().getBytes(StandardCharsets.UTF_8)));
    HashedVersion one = new HashedVersion(1, Bytes.copyOf(new byte[20]));
    StoredDelta delta =
        new StoredDelta(zero, one, Bytes.copyOf(new byte[] {1, 2, 3}), Optional.empty());
    in(kind, store -> store.append(new Append(WAVELET, zero, List.of(delta), List.of())));
    return one;
  }

  private String preferred() {
    return String.valueOf(context.getServiceReference(DeltaStore.class).getProperty("store.kind"));
  }

  private <T> T in(String kind, Use<T> use) throws Exception {
    ServiceReference<DeltaStore> reference =
        context
            .getServiceReferences(DeltaStore.class, "(store.kind=" + kind + ")")
            .iterator()
            .next();
    try {
      return use.of(context.getService(reference)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    } finally {
      context.ungetService(reference);
    }
  }

  @FunctionalInterface
  private interface Use<T> {
    CompletionStage<T> of(DeltaStore store);
  }

  private String run(String command) throws Exception {
    return RoleConsole.ofAdmin(sessions).run(command);
  }
}
