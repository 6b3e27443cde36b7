package wavenet4j.benchmarks.report;

import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

import wavenet4j.benchmarks.ReferenceShape;
import wavenet4j.file.AtomicFile;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// A bar chart of the speeds of the programs on a logarithmic axis.
final class Chart {
    private Chart() {}

    static void write(List<Program> programs, Path file) throws IOException {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(1400)
                        .height(700)
                        .title("Samples a second")
                        .yAxisTitle("samples a second")
                        .build();
        chart.getStyler()
                .setYAxisLogarithmic(true)
                .setYAxisMin(bottom(programs))
                .setYAxisDecimalPattern("#,##0")
                .setSeriesColors(colours(programs))
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideE);
        List<String> shapes =
                Arrays.stream(ReferenceShape.values())
                        .map(shape -> shape.name().toLowerCase(Locale.ROOT))
                        .toList();
        for (Program program : programs) {
            var speeds = new ArrayList<@Nullable Double>();
            for (var shape : ReferenceShape.values()) {
                Measurement speed = program.speeds().get(shape);
                speeds.add(speed == null ? null : speed.score());
            }
            chart.addSeries(program.name(), shapes, speeds);
        }
        var image = BitmapEncoder.getBufferedImage(chart);
        AtomicFile.write(
                file,
                out -> {
                    try (var png = new MemoryCacheImageOutputStream(out)) {
                        ImageIO.write(image, "png", png);
                    }
                });
    }

    /// The power of ten below the slowest, where the logarithmic axis starts.
    private static double bottom(List<Program> programs) {
        double slowest =
                programs.stream()
                        .flatMap(program -> program.speeds().values().stream())
                        .mapToDouble(Measurement::score)
                        .min()
                        .orElse(1);
        return Math.pow(10, Math.floor(Math.log10(slowest)));
    }

    /// Blues for WaveNet4J, red to yellow for the rivals.
    private static Color[] colours(List<Program> programs) {
        float rivals = programs.stream().filter(Program::rival).count();
        float ours = programs.size() - rivals;
        var colours = new Color[programs.size()];
        for (int i = 0; i < colours.length; i++) {
            colours[i] =
                    i < ours // those come first
                            ? Color.getHSBColor(0.6f, 1 - i / ours * 0.8f, 0.5f + i / ours * 0.4f)
                            : Color.getHSBColor((i - ours) / rivals * 0.17f, 0.85f, 0.95f);
        }
        return colours;
    }
}
