package org.genrewise.weights.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Python's pickles as far as {@code torch.save} uses them for tensors, and nothing beyond. A
 * pickle is a program for a stack machine that may name any function of Python to be called; this
 * machine has no functions. The few names that tensors need ({@link Callable}, the storage classes)
 * stand for records of ours, and any other name ends the reading.
 *
 * <p>What comes out: {@code null}, Boolean, Long (BigInteger where that is too short), Double,
 * String, Map (insertion-ordered, keys of text; whole numbers have become text), {@link
 * PickledStorage}, {@link PickledTensor}, and List for lists and tuples, whose own lists, tuples
 * and parameters are of no meaning to readers. Memory is bounded by the length of the pickle.
 * Opcodes are those of Python's {@code pickletools}, protocols 2 to 5.
 */
public final class Unpickler {

  /** A longer pickle, of some 100,000 tensors, is refused. */
  public static final int LONGEST = 1 << 22;

  private static final int MOST_DIMENSIONS = 8;
  private static final int MOST_TENSORS = 100_000;
  private static final int MOST_REMEMBERED = 1_000_000;

  private static final Set<String> STORAGES =
      Set.of(
          "DoubleStorage",
          "FloatStorage",
          "HalfStorage",
          "BFloat16Storage",
          "LongStorage",
          "IntStorage",
          "ShortStorage",
          "CharStorage",
          "ByteStorage",
          "BoolStorage");

  /** The name of a storage class. */
  private record StorageClass(String name) {}

  private record Tuple(List<Object> items) {}

  /** A tensor that learns; what PyTorch sets on it afterwards is of no interest. */
  private record Parameter(PickledTensor tensor) {}

  private static final Object MARK = new Object();

  private final PickleInput input;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private long copied;
  private int tensors;

  private Unpickler(ByteBuffer bytes) {
    this.input = new PickleInput(bytes);
  }

  /**
   * Reads one pickle.
   *
   * @param bytes from its first byte on; afterwards the position is behind its last
   * @return what it holds, as the class says
   * @throws PickleException if it names anything else than tensors, or makes no sense
   */
  public static Object read(ByteBuffer bytes) {
    return plain(new Unpickler(bytes).run());
  }

  private Object run() {
    while (true) {
      int opcode = input.unsignedByte();
      if (opcode == '.') {
        return pop();
      }
      if (!constant(opcode) && !container(opcode) && !memory(opcode)) {
        call(opcode);
      }
    }
  }

  private boolean constant(int opcode) {
    switch (opcode) {
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) input.unsignedByte());
      case 'M' -> push((long) input.unsignedShort());
      case 'J' -> push((long) input.int32());
      case 0x8a -> push(input.integer(input.unsignedByte()));
      case 0x8b -> push(input.integer(input.int32()));
      case 'G' -> push(input.bigEndianDouble());
      case 0x8c -> push(input.text(input.unsignedByte()));
      case 'X' -> push(input.text(input.unsignedInt()));
      case 0x8d -> push(input.text(input.int64()));
      case 'U' -> push(input.latin(input.unsignedByte()));
      case 'T' -> push(input.latin(input.int32()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> push(MARK);
      case ')' -> push(new Tuple(List.of()));
      case 0x85 -> push(new Tuple(last(1)));
      case 0x86 -> push(new Tuple(last(2)));
      case 0x87 -> push(new Tuple(last(3)));
      case 't' -> push(new Tuple(sinceMark()));
      case ']' -> push(new ArrayList<>());
      case 'a' -> extend(last(1));
      case 'e' -> extend(sinceMark());
      case '}' -> push(new LinkedHashMap<>());
      case 's' -> put(last(2));
      case 'u' -> put(sinceMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) {
    switch (opcode) {
      case 0x80 -> requireProtocol(input.unsignedByte());
      case 0x95 -> input.int64(); // the length of a frame, of use to streams alone
      case 'q' -> remember(input.unsignedByte());
      case 'r' -> remember(input.unsignedInt());
      case 0x94 -> remember(memo.size());
      case 'h' -> push(remembered(input.unsignedByte()));
      case 'j' -> push(remembered(input.unsignedInt()));
      case '0' -> pop();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void call(int opcode) {
    switch (opcode) {
      case 'c' -> push(named(input.line() + "." + input.line()));
      case 0x93 -> {
        List<Object> names = last(2);
        push(named(string(names.get(0)) + "." + string(names.get(1))));
      }
      case 'i' -> throw refusedName(input.line() + "." + input.line());
      case 'R', 0x81 -> {
        List<Object> call = last(2);
        push(called(call.get(0), call.get(1)));
      }
      case 'b' -> build();
      case 'Q' -> push(storage(pop()));
      default ->
          throw new PickleException(
              "its pickle has the opcode 0x%02x, which no file of tensors needs".formatted(opcode));
    }
  }

  private static void requireProtocol(int protocol) {
    if (protocol < 2 || protocol > 5) {
      throw new PickleException("its pickle has protocol %d, not 2 to 5".formatted(protocol));
    }
  }

  private static Object named(String path) {
    Optional<Callable> callable = Callable.of(path);
    if (callable.isPresent()) {
      return callable.get();
    }
    String torch = "torch.";
    if (path.startsWith(torch) && STORAGES.contains(path.substring(torch.length()))) {
      return new StorageClass(path.substring(torch.length()));
    }
    throw refusedName(path);
  }

  private static PickleException refusedName(String path) {
    return new PickleException(
        ("its pickle names %s, which is no tensor, and nothing of it was run; save the tensors alone:"
                + " torch.save(model.state_dict(), FILE)")
            .formatted(Shown.name(path)));
  }

  private Object called(Object callable, Object arguments) {
    if (!(callable instanceof Callable known) || !(arguments instanceof Tuple tuple)) {
      throw new PickleException("its pickle calls what is no function");
    }
    List<Object> items = tuple.items();
    return switch (known) {
      case ORDERED_DICT -> dictionary(items);
      case SIZE -> items.size() == 1 && items.get(0) instanceof Tuple size ? size : tuple;
      case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> tensor(items);
      case REBUILD_PARAMETER, PARAMETER -> {
        if (items.isEmpty() || !(plain(items.get(0)) instanceof PickledTensor tensor)) {
          throw new PickleException("its pickle makes a parameter of what is no tensor");
        }
        yield new Parameter(tensor);
      }
    };
  }

  /** Python 2 gives the entries as a list of pairs. */
  private Map<Object, Object> dictionary(List<Object> arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      List<Object> pairs = items(arguments.get(0));
      // A short pickle could have one long list copied again and again.
      copied += pairs.size();
      if (copied > LONGEST) {
        throw new PickleException(
            "its pickle makes dictionaries of more entries than its length explains");
      }
      for (Object pair : pairs) {
        if (items(pair).size() != 2) {
          throw new PickleException("its pickle makes a dictionary of what are no pairs");
        }
        put(dictionary, items(pair));
      }
    }
    return dictionary;
  }

  private PickledTensor tensor(List<Object> arguments) {
    if (++tensors > MOST_TENSORS) {
      throw new PickleException("its pickle makes more than %,d tensors".formatted(MOST_TENSORS));
    }
    // conjugated and negated views
    if (arguments.size() > 6 && arguments.get(6) instanceof Map<?, ?> kind && !kind.isEmpty()) {
      throw new PickleException("its pickle makes a tensor of a kind that is not read");
    }
    if (arguments.size() < 4 || !(arguments.get(0) instanceof PickledStorage storage)) {
      throw new PickleException("its pickle makes a tensor of what is no storage");
    }
    return new PickledTensor(
        storage, whole(arguments.get(1)), sizes(arguments.get(2)), sizes(arguments.get(3)));
  }

  /** ("storage", class, key, device, length, and in old files (view's key, offset, length)). */
  private static PickledStorage storage(Object reference) {
    List<Object> parts = items(reference);
    if (parts.size() < 5
        || !"storage".equals(parts.get(0))
        || !(parts.get(1) instanceof StorageClass type)
        || !(parts.get(2) instanceof String key)) {
      throw new PickleException("its pickle refers to something that is no storage");
    }
    long length = whole(parts.get(4));
    if (length < 0) {
      throw new PickleException("its pickle has a storage of %d values".formatted(length));
    }
    if (parts.size() == 5 || parts.get(5) == null) {
      return new PickledStorage(type.name(), key, length, 0);
    }
    List<Object> view = items(parts.get(5));
    if (view.size() != 3) {
      throw new PickleException("its pickle has a view of a storage that makes no sense");
    }
    long offset = whole(view.get(1));
    long viewed = whole(view.get(2));
    if (offset < 0 || viewed < 0 || offset > length - viewed) {
      throw new PickleException(
          "its pickle has a view of %d values from %d on, of a storage of %d"
              .formatted(viewed, offset, length));
    }
    return new PickledStorage(type.name(), key, viewed, offset);
  }

  /** Attributes of dictionaries and parameters say nothing of tensors. */
  private void build() {
    Object state = pop();
    // of PyTorch before 0.4: whether it learns, whether it is volatile, hooks
    boolean known =
        top() instanceof Map
            || top() instanceof Parameter
                && state instanceof Tuple tuple
                && tuple.items().size() <= 3;
    if (!known) {
      throw new PickleException(
          "its pickle sets the state of what is neither a dictionary nor a parameter");
    }
  }

  private void extend(List<Object> items) {
    if (!(top() instanceof List<?>)) {
      throw new PickleException("its pickle extends what is no list");
    }
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) top();
    list.addAll(items);
  }

  private void put(List<Object> pairs) {
    if (!(top() instanceof Map<?, ?>)) {
      throw new PickleException("its pickle puts entries into what is no dictionary");
    }
    @SuppressWarnings("unchecked")
    Map<Object, Object> dictionary = (Map<Object, Object>) top();
    put(dictionary, pairs);
  }

  private static void put(Map<Object, Object> dictionary, List<Object> pairs) {
    if (pairs.size() % 2 != 0) {
      throw new PickleException("its pickle has a key without a value");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      Object key = pairs.get(i);
      // Others could hold themselves, or be many with the same hash.
      if (!(key instanceof String) && !(key instanceof Long)) {
        throw new PickleException("its pickle has a key that is neither text nor a whole number");
      }
      dictionary.put(key.toString(), plain(pairs.get(i + 1)));
    }
  }

  /** What readers see of an object of the machine. */
  private static Object plain(Object object) {
    if (object instanceof Parameter parameter) {
      return parameter.tensor();
    }
    return object instanceof Tuple tuple ? tuple.items() : object;
  }

  private static List<Object> items(Object object) {
    if (object instanceof Tuple tuple) {
      return tuple.items();
    }
    if (object instanceof List<?>) {
      @SuppressWarnings("unchecked")
      List<Object> list = (List<Object>) object;
      return list;
    }
    throw new PickleException("its pickle has something else where a list should be");
  }

  private static List<Long> sizes(Object object) {
    List<Object> sizes = items(object);
    if (sizes.size() > MOST_DIMENSIONS) {
      throw new PickleException("its pickle has a tensor of %d dimensions".formatted(sizes.size()));
    }
    return sizes.stream().map(Unpickler::whole).toList();
  }

  private static String string(Object object) {
    if (object instanceof String text) {
      return text;
    }
    throw new PickleException("its pickle has something else where a name should be");
  }

  private static long whole(Object object) {
    if (object instanceof Long number) {
      return number;
    }
    throw new PickleException(
        object instanceof BigInteger
            ? "its pickle has a number that is too large where a size should be"
            : "its pickle has something else where a whole number should be");
  }

  private void push(Object object) {
    stack.add(object);
  }

  private Object top() {
    requireDepth(1);
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    requireDepth(1);
    return stack.remove(stack.size() - 1);
  }

  private List<Object> last(int count) {
    requireDepth(count);
    return take(stack.size() - count);
  }

  private List<Object> sinceMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw new PickleException("its pickle takes from an empty stack");
    }
    List<Object> items = take(mark + 1);
    stack.remove(mark);
    return items;
  }

  private List<Object> take(int from) {
    List<Object> end = stack.subList(from, stack.size());
    List<Object> items = new ArrayList<>(end);
    end.clear();
    if (items.contains(MARK)) {
      throw new PickleException("its pickle takes a mark for a value");
    }
    return items;
  }

  private void remember(long key) {
    memo.put(key, top());
    if (memo.size() > MOST_REMEMBERED) {
      throw new PickleException(
          "its pickle remembers more than %,d things".formatted(MOST_REMEMBERED));
    }
  }

  private Object remembered(long key) {
    if (!memo.containsKey(key)) {
      throw new PickleException("its pickle recalls what it never remembered");
    }
    return memo.get(key);
  }

  private void requireDepth(int count) {
    if (stack.size() < count) {
      throw new PickleException("its pickle takes from an empty stack");
    }
  }
}
