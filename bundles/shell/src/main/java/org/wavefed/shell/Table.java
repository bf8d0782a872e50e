// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * A table for people, which fits the terminal, and for scripts, which never changes: one row on a
 * line, columns separated by tabs, no headers, nothing cut. Where the terminal is narrow, long
 * texts go on below, except in columns that may be cut; where it is too narrow even for that,
 * people get the columns of each row below each other.
 */
public final class Table {
  private static final int SEPARATOR = 3;

  /** Ids and times are never broken: they are not longer. */
  private static final int NARROWEST = 20;

  private static final int NARROWEST_CUT = 10;

  private final List<String> headers;
  private final String emptyText;
  private final List<List<Cell>> rows = new ArrayList<>();
  private Set<String> cut = Set.of();

  /**
   * @param emptyText what people see if there is no row
   * @param headers the names of the columns
   */
  public Table(String emptyText, String... headers) {
    this.emptyText = emptyText;
    this.headers = List.of(headers);
  }

  /**
   * What stands in a column of a row.
   *
   * @param shown for people
   * @param raw for scripts
   */
  public record Cell(String shown, String raw) {
    /** Takes away what would harm a terminal. */
    public Cell {
      shown = Printable.of(shown);
      raw = Printable.of(raw);
    }
  }

  /** A short time: milliseconds, to a tenth for people and to a thousandth for scripts. */
  public static Cell millis(Duration time) {
    double millis = Times.millis(time);
    return new Cell(String.format(Locale.ROOT, "%.1f ms", millis), Double.toString(millis));
  }

  /** Says which columns are narrowed where the terminal is narrow, and cut; then no others are. */
  public Table cut(String... columns) {
    cut = Set.of(columns);
    return this;
  }

  /** Adds a row of cells, or of anything else, which is shown as its text. */
  public Table row(Object... cells) {
    if (cells.length != headers.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + headers.size() + " columns");
    }
    rows.add(Arrays.stream(cells).map(Table::cell).toList());
    return this;
  }

  private static Cell cell(Object content) {
    return content instanceof Cell cell ? cell : new Cell(content.toString(), content.toString());
  }

  /**
   * Prints it.
   *
   * @param format for people; otherwise for scripts
   * @param width of the terminal; 0 for as wide as it gets
   */
  public void print(PrintStream out, boolean format, int width) {
    if (format) {
      printForPeople(out, width);
    } else {
      rows.forEach(row -> out.println(joined(row)));
    }
  }

  private static String joined(List<Cell> row) {
    return row.stream().map(Cell::raw).collect(Collectors.joining("\t"));
  }

  private void printForPeople(PrintStream out, int width) {
    if (rows.isEmpty()) {
      out.println(emptyText);
      return;
    }
    int[] widths = widths(width);
    if (width > 0 && total(widths) > width) {
      printBelowEachOther(out, width);
      return;
    }
    ShellTable table = new ShellTable();
    headers.forEach(table::column);
    for (List<Cell> row : rows) {
      Object[] fitting = new Object[widths.length];
      for (int i = 0; i < fitting.length; i++) {
        fitting[i] = fitting(row.get(i).shown(), headers.get(i), widths[i]);
      }
      table.addRow().addContent(fitting);
    }
    table.print(out);
  }

  private String fitting(String text, String header, int width) {
    return cut.contains(header)
        ? Printable.cut(text, width)
        : String.join("\n", Paragraph.lines("", text, width));
  }

  private void printBelowEachOther(PrintStream out, int width) {
    int longest = headers.stream().mapToInt(String::length).max().orElse(0);
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        String start = headers.get(i) + " ".repeat(longest - headers.get(i).length() + 2);
        Paragraph.lines(start, row.get(i).shown(), width).forEach(out::println);
      }
      out.println();
    }
  }

  private static int total(int[] widths) {
    return Arrays.stream(widths).sum() + SEPARATOR * (widths.length - 1);
  }

  /** As wide as the contents, the widest narrowed until the whole fits, or nothing can be. */
  private int[] widths(int width) {
    int[] widths = new int[headers.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      int widest = rows.stream().mapToInt(row -> row.get(column).shown().length()).max().orElse(0);
      widths[i] = Math.max(widest, headers.get(i).length());
    }
    int excess = width == 0 ? 0 : total(widths) - width;
    Optional<Integer> widest = widest(widths);
    for (; excess > 0 && widest.isPresent(); excess--) {
      widths[widest.get()]--;
      widest = widest(widths);
    }
    return widths;
  }

  /** The widest column among those that can be narrowed. */
  private Optional<Integer> widest(int[] widths) {
    return IntStream.range(0, widths.length)
        .filter(i -> widths[i] > narrowest(headers.get(i)))
        .boxed()
        .max(Comparator.comparingInt(i -> widths[i]));
  }

  private int narrowest(String header) {
    if (cut.isEmpty()) {
      return Math.max(NARROWEST, header.length());
    }
    return cut.contains(header) ? Math.max(NARROWEST_CUT, header.length()) : Integer.MAX_VALUE;
  }
}
