import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Run by the build: compiles the one class that Chronicle Map otherwise generates and compiles in
 * each process that opens a map first, which costs two seconds of processor time. Chronicle Values
 * looks for it on the class path before it makes its own.
 *
 * <p>Argument: the directory of classes. Fails when Chronicle's generator is another than the one
 * that the parent POM's version has.
 */
public final class CompileStateValues {
  private static final String TYPE = "net.openhft.chronicle.hash.VanillaGlobalMutableState";
  private static final String VALUES = "net.openhft.chronicle.values.";

  private CompileStateValues() {}

  public static void main(String[] arguments) throws Exception {
    Class<?> type = Class.forName(TYPE);
    String name = type.getSimpleName() + "$$Native";
    compile(type.getPackageName() + "." + name, source(type, name), Path.of(arguments[0]));
  }

  private static String source(Class<?> type, String name) throws Exception {
    Class<?> model = Class.forName(VALUES + "ValueModel");
    Method generate =
        Class.forName(VALUES + "Generators")
            .getDeclaredMethod("generateNativeClass", model, String.class);
    generate.setAccessible(true);
    Object of = model.getMethod("acquire", Class.class).invoke(null, type);
    return (String) generate.invoke(null, of, name);
  }

  private static void compile(String name, String source, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    // The class file's bytes depend on nothing but source and compiler: no debug information.
    List<String> options =
        List.of("-d", classes.toString(), "-g:none", "-nowarn", "-proc:none", "--release", "25");
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    if (!compiler.getTask(null, null, null, options, null, List.of(file)).call()) {
      throw new IllegalStateException("class=" + name + ": not compiled");
    }
  }
}
