package io.tocsin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every conformance case holds through the binding, as JSON text and as Java says it. */
class ConformanceTest {
    @TempDir
    Path folder;

    @AfterAll
    static void classesSayNearlyAll() {
        assertTrue(Conformance.byClass >= 9 * Conformance.byMap,
                () -> "classes said " + Conformance.byClass + " documents, and could not say " + Conformance.byMap);
    }

    @Test
    void thereAreCases() {
        assertTrue(Conformance.cases().size() >= 200);
    }

    @TestFactory
    Stream<DynamicTest> asText() {
        return all("text", Conformance.TextSpeaker::new);
    }

    @TestFactory
    Stream<DynamicTest> asJava() {
        return all("java", Conformance.JavaSpeaker::new);
    }

    private Stream<DynamicTest> all(String kind, Conformance.Speaking speaking) {
        return Conformance.cases().stream().map(path -> DynamicTest.dynamicTest(path.getFileName() + " " + kind, () -> {
            Map<?, ?> file = (Map<?, ?>) Conformance.readJson(path);
            boolean inFile = ((List<?>) file.get("steps")).stream().anyMatch(step -> ((Map<?, ?>) step).containsKey("reopen"));
            Path desk = inFile ? Files.createTempDirectory(folder, "case").resolve(kind + ".desk") : null;
            new Conformance(file, desk, speaking).run();
        }));
    }
}
