// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/format.hpp"
#include "rates/jiffies.hpp"

namespace mp3prof
{

namespace
{

// The four columns of the exercise: jiffies, and the sums over all processes of
// minor faults, major faults, and CPU time in jiffies.
class Classic : public Formatter
{
public:
    explicit Classic(const FormatSettings& settings) : hz_(settings.hz), cpu_(settings.hz) {}

    [[nodiscard]] Rows rows() const override { return Rows::only_sum; }

    void begin(std::ostream& /*out*/) override {}

    void write(std::ostream& out, const Interval& interval, nanoseconds /*offset*/) override
    {
        const Usage& delta = interval.total.delta;
        out << jiffies_at(interval.end, hz_) << ' ' << delta.minor_faults << ' '
            << delta.major_faults << ' ' << cpu_.add(delta.cpu_ns) << '\n';
    }

private:
    unsigned hz_;
    CpuJiffies cpu_;
};

} // namespace

std::unique_ptr<Formatter> make_classic(const FormatSettings& settings)
{
    return std::make_unique<Classic>(settings);
}

} // namespace mp3prof
