// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * A table for people, which fits the terminal, and for scripts, which never changes: one row on a
 * line, columns separated by tabs, no headers, nothing cut. Where the terminal is too narrow for
 * it, people get the columns of each row below each other, nothing cut either.
 */
public final class Table {
  private static final int SEPARATOR = 3;

  /** Ids and times are never cut: they are not longer. */
  private static final int NARROWEST = 20;

  private final List<String> headers;
  private final String emptyText;
  private final List<List<Cell>> rows = new ArrayList<>();

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

  /** A short time: milliseconds, to one digit for people and in full for scripts. */
  public static Cell millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return new Cell(String.format(Locale.ROOT, "%.1f ms", millis), Double.toString(millis));
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
      Object[] cut = new Object[widths.length];
      for (int i = 0; i < cut.length; i++) {
        cut[i] = Printable.cut(row.get(i).shown(), widths[i]);
      }
      table.addRow().addContent(cut);
    }
    table.print(out);
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

  /** As wide as the contents, the widest narrowed until the whole fits, or nothing can be cut. */
  private int[] widths(int width) {
    int[] widths = new int[headers.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      int widest = rows.stream().mapToInt(row -> row.get(column).shown().length()).max().orElse(0);
      widths[i] = Math.max(widest, headers.get(i).length());
    }
    int excess = total(widths) - width;
    for (; width > 0 && excess > 0; excess--) {
      int widest = indexOfWidest(widths);
      if (widths[widest] <= Math.max(NARROWEST, headers.get(widest).length())) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static int indexOfWidest(int[] widths) {
    int widest = 0;
    for (int i = 1; i < widths.length; i++) {
      if (widths[i] > widths[widest]) {
        widest = i;
      }
    }
    return widest;
  }
}
