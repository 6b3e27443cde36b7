package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class GaussianTest {
    private static Gaussian gaussian(double[] mean, double[][] covariance) {
        return new Gaussian(
                MatrixUtils.createRealVector(mean), MatrixUtils.createRealMatrix(covariance));
    }

    @Test
    void meanAndCovarianceOfRows() {
        Gaussian of = Gaussian.of(new double[][] {{1, 10}, {3, 14}, {5, 18}});
        assertThat(of.mean().toArray()).containsExactly(new double[] {3, 14}, within(1e-12));
        assertThat(of.covariance().getData()[0])
                .containsExactly(new double[] {4, 8}, within(1e-12));
        assertThat(of.covariance().getData()[1])
                .containsExactly(new double[] {8, 16}, within(1e-12));
    }

    /// Without correlation it is the distance of means and standard deviations.
    @Test
    void distanceOfUncorrelated() {
        var a = gaussian(new double[] {0, 0}, new double[][] {{4, 0}, {0, 9}});
        var b = gaussian(new double[] {3, -4}, new double[][] {{25, 0}, {0, 1}});
        assertThat(a.squaredFrechetDistance(b)).isCloseTo(25 + 9 + 4, within(1e-9));
        assertThat(b.squaredFrechetDistance(a)).isCloseTo(25 + 9 + 4, within(1e-9));
        assertThat(a.squaredFrechetDistance(a)).isCloseTo(0, within(1e-9));
    }

    /// The root of a 2 x 2 matrix M has the trace sqrt(tr M + 2 sqrt(det M)), and the eigenvalues
    /// of C1^(1/2) C2 C1^(1/2) are those of C1 C2.
    @Test
    void distanceOfCorrelated() {
        var one = new double[][] {{2, 1.2}, {1.2, 3}};
        var other = new double[][] {{5, -2}, {-2, 1}};
        RealMatrix product =
                MatrixUtils.createRealMatrix(one).multiply(MatrixUtils.createRealMatrix(other));
        double det = (2 * 3 - 1.2 * 1.2) * (5 * 1 - 2 * 2);
        double expected = 5 + 6 - 2 * Math.sqrt(product.getTrace() + 2 * Math.sqrt(det));
        var zero = new double[2];
        assertThat(gaussian(zero, one).squaredFrechetDistance(gaussian(zero, other)))
                .isCloseTo(expected, within(1e-9));
    }

    /// A band that is always at the floor has no variance.
    @Test
    void constantDimensions() {
        var still = Gaussian.of(new double[][] {{1, 5}, {1, 7}, {1, 6}});
        var other = Gaussian.of(new double[][] {{4, 5}, {4, 7}, {4, 6}});
        assertThat(still.squaredFrechetDistance(other)).isCloseTo(9, within(1e-9));
    }
}
